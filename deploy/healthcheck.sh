#!/bin/bash
# Healthy means: the process answers. Whether it is ready (databases there) is /v1/ready, for whoever routes requests to it.
set -u
port=${HTTP_PORT:-8000}
exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
printf 'GET /v1/health HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
IFS= read -r -t 2 status <&3 || exit 1
case $status in 'HTTP/1.'?' 200'*) exit 0 ;; *) exit 1 ;; esac
