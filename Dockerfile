# Builds on amd64 and arm64 alike: what is copied in is Java, and the cache is made by the image's own Java.
# One build, an image for the server and one for each demo app:
#   docker build --target tutorial-server -t traffic-lab/tutorial-server:1 .
#   for app in colors logger-backend logger-frontend echo; do docker build --target $app -t traffic-lab/$app:1 .; done

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
# The poms first: dependencies are fetched again only when one of them changes.
COPY pom.xml ./
COPY tutorial-server/pom.xml tutorial-server/
COPY demo-apps/demo-app/pom.xml demo-apps/demo-app/
COPY demo-apps/colors/pom.xml demo-apps/colors/
COPY demo-apps/logger-backend/pom.xml demo-apps/logger-backend/
COPY demo-apps/logger-frontend/pom.xml demo-apps/logger-frontend/
COPY demo-apps/echo/pom.xml demo-apps/echo/
RUN mvn -q -B -Dquick dependency:go-offline -DexcludeGroupIds=dev.trafficlab
COPY . .
RUN mvn -q -B -Dquick -DskipTests package dependency:copy-dependencies -DincludeScope=runtime \
 && for app in colors logger-backend logger-frontend echo; do \
      mkdir -p /apps/$app && cp demo-apps/$app/target/*.jar demo-apps/$app/target/dependency/*.jar /apps/$app; \
    done \
 && java -Djarmode=tools -jar tutorial-server/target/tutorial-server.jar extract --layers --destination /server

FROM eclipse-temurin:25-jre AS runtime
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin traffic-lab
USER 10001
WORKDIR /app
LABEL org.opencontainers.image.title="Traffic Lab" \
      org.opencontainers.image.description="Learn Istio traffic management by shifting real requests between three versions of an app" \
      org.opencontainers.image.licenses="Apache-2.0"

FROM runtime AS tutorial-server
USER root
RUN mkdir /data && chown 10001 /data
USER 10001
COPY --from=build /server/dependencies/ ./
COPY --from=build /server/spring-boot-loader/ ./
COPY --from=build /server/snapshot-dependencies/ ./
COPY --from=build /server/application/ ./
COPY --from=build /build/.ci/walk ./
# A learner's walk ahead of time leaves a cache of loaded classes and profiles (JEP 483, JEP 515), which more than halves every later start and
# the time to its first page. Spring's own ahead-of-time processing is left out: it would settle at build time which cluster labs live on.
RUN mkdir /tmp/start \
 && (java -XX:AOTCacheOutput=/tmp/start/tutorial-server.aot -jar tutorial-server.jar --tutorial.data-dir=/tmp/start/data > /tmp/start/log & \
     server=$! && bash walk && kill $server && { wait $server || [ $? = 143 ]; }) \
 && test -s /tmp/start/tutorial-server.aot
USER root
RUN mv /tmp/start/tutorial-server.aot ./ && chmod 444 tutorial-server.aot && rm -r /tmp/start
USER 10001
ENV TUTORIAL_DATA_DIR=/data
VOLUME /data
EXPOSE 8080 8081
# Out of memory, any thread of the process may be the one that fails; a new process is the sure remedy. Where the flag is not set, the
# store opens itself again after a commit that failed for it, and ends the process when it cannot.
ENTRYPOINT ["java", "-XX:AOTCache=tutorial-server.aot", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "tutorial-server.jar"]

FROM runtime AS colors
COPY --from=build /apps/colors/ ./
EXPOSE 3000
ENTRYPOINT ["java", "-cp", "*", "dev.trafficlab.demo.colors.Colors"]

FROM runtime AS logger-backend
COPY --from=build /apps/logger-backend/ ./
EXPOSE 3000
ENTRYPOINT ["java", "-cp", "*", "dev.trafficlab.demo.backend.LoggerBackend"]

FROM runtime AS logger-frontend
COPY --from=build /apps/logger-frontend/ ./
EXPOSE 3000
ENTRYPOINT ["java", "-cp", "*", "dev.trafficlab.demo.frontend.LoggerFrontend"]

FROM runtime AS echo
COPY --from=build /apps/echo/ ./
EXPOSE 3000
ENTRYPOINT ["java", "-cp", "*", "dev.trafficlab.demo.echo.Echo"]
