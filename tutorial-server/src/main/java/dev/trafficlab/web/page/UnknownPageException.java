package dev.trafficlab.web.page;

/** There is no such course, or no such page in it. */
class UnknownPageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownPageException(String courseId, String pageId) {
        super("No page " + pageId + " in course " + courseId);
    }
}
