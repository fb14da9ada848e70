#!/bin/sh
# Conseil DLA : ouvre les écrans dans ce terminal. Ce qui suit le nom est donné au programme.
set -eu
unset PYTHONHOME PYTHONPATH
programme=${CONSEIL_DLA_PROGRAMME:-"$HOME/.conseil-dla/programme"}

if [ ! -f "$programme/installe.txt" ]; then
    echo "Conseil DLA n’est pas encore installé : lancez d’abord installer.sh." >&2
    exit 2
fi
exec "$programme/bin/python" -I -m conseil_dla "$@"
