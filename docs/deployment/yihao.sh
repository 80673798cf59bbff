#!/bin/sh
# /usr/local/bin/yihao: the command as the house's own user, told what its units are told.
# Root runs it; mode 0755.

set -eu
set -a
. /etc/yihao/yihao.env
set +a
exec runuser -u yihao -- /opt/yihao/bin/yihao "$@"
