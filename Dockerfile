# Trust Pipeline with its Java runtime: one image for every task, for the service, and for docker. How it is built, tried and
# run is in docs/operations.md.

FROM docker.io/library/eclipse-temurin:25-jdk AS build
# Such as -o, where the build may not download.
ARG MAVEN_ARGS=""
WORKDIR /build
COPY . .
RUN ./mvnw -B -q -Plaunch package && container/trim.sh target/lib

FROM docker.io/library/eclipse-temurin:25-jre
RUN groupadd --gid 10001 trust \
    && useradd --uid 10001 --gid trust --no-create-home --home-dir /tmp --shell /usr/sbin/nologin trust
WORKDIR /app
COPY --from=build /build/target/lib lib
COPY --from=build /build/target/trust-pipeline.jar .
COPY demo demo
COPY sql sql
COPY container/java.options container/record.sh container/health.sh container/
# The classes of a run, laid out as this very runtime wants them in memory: starts take half the time.
RUN container/record.sh

# The root file system is never written to; all that is, is in /tmp, where anybody may write: Fargate gives a volume that is
# mounted there the same rights.
VOLUME /tmp
WORKDIR /tmp
USER 10001:10001
ENV TRUST_LOG=stdout TRUST_RUN_HOME=/tmp/trust-pipeline
# Asks the work under way to come to a safe place, which takes 25 seconds at most; then the exit code is 75, and the same
# request resumes.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "/app/container/health.sh"]
ENTRYPOINT ["java", "@/app/java.options", "io.trustpipeline.cli.TrustPipeline"]
CMD ["--help"]
