package dev.trafficlab.web.signin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the instructor signs in.
 *
 * @param instructorPassword the password of the user {@code instructor}; one is made up and printed at start when empty
 */
@ConfigurationProperties("tutorial")
record InstructorSettings(@DefaultValue("") String instructorPassword) {

    @Override
    public String toString() {
        return "InstructorSettings[hidden]";
    }
}
