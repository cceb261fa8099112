#!/usr/bin/env bash
# Healthy while the program says that it is alive.
exec 3<>"/dev/tcp/127.0.0.1/${TRUST_MANAGEMENT_PORT:-9876}" || exit 1
printf 'GET /observe/health/live HTTP/1.0\r\n\r\n' >&3
read -r -t 4 status <&3 && [[ $status == *' 200 '* ]]
