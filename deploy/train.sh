#!/bin/sh
# Makes an AOT cache (JDK 25 and later): train.sh JAR CACHE. The training run is a node that finds no database: it listens, answers and
# is stopped after some seconds.
set -eu
jar=$1 cache=$2
data=$(mktemp -d)
MYSQL_HOST=127.0.0.1 MYSQL_PORT=1 MYSQL_USER=training DATABASE_URL=postgresql://training@127.0.0.1:1/training HTTP_PORT=0 \
  DATA_DIR=$data ENVIRONMENT=development LOG_LEVEL=error \
  java --sun-misc-unsafe-memory-access=allow -XX:AOTCacheOutput="$cache" -jar "$jar" serve &
pid=$!
sleep "${TRAINING_SECONDS:-8}"
kill -TERM "$pid"
wait "$pid" || true
rm -rf "$data"
test -s "$cache"
