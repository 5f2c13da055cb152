# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml .
RUN mvn -B -q dependency:go-offline -DincludeScope=runtime || true
COPY migrations migrations
COPY src/main src/main
RUN mvn -B -q -DskipTests package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/lessonweave lessonweave \
    && install -d -o lessonweave /var/lib/lessonweave/recordings
WORKDIR /opt/lessonweave
# Only the jar: the image needs databases that are configured, so the embedded servers stay behind.
COPY --from=build /src/target/lessonweave.jar .
COPY deploy/healthcheck.sh deploy/train.sh ./
# A start with no database in reach loads nearly every class; what it loaded is kept as an AOT cache, which halves later starts.
RUN ./train.sh lessonweave.jar lessonweave.aot
USER lessonweave
ENV LC_ALL=C.UTF-8 HTTP_HOST=0.0.0.0 DATA_DIR=/var/lib/lessonweave ENVIRONMENT=production \
    JAVA_OPTS="-XX:MaxRAMPercentage=70 -XX:MaxGCPauseMillis=20 -XX:ThreadPriorityPolicy=1 -XX:JavaPriority1_To_OSPriority=10 -XX:CompilerThreadPriority=19 -XX:-PrintWarnings"
EXPOSE 8000
VOLUME /var/lib/lessonweave
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["./healthcheck.sh"]
ENTRYPOINT ["sh", "-c", "exec java --sun-misc-unsafe-memory-access=allow -XX:AOTCache=lessonweave.aot $JAVA_OPTS -jar lessonweave.jar \"$@\"", "lessonweave"]
