#!/usr/bin/env bash
# Healthy when /readyz answers 200; bash speaks to the port itself, so the image needs no client.
set -euo pipefail

listen=${RELIEF_LISTEN:-127.0.0.1:8080}
exec 3<>"/dev/tcp/127.0.0.1/${listen##*:}"
printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
IFS= read -r -t 4 status <&3
[[ $status == "HTTP/1.1 200"* ]]
