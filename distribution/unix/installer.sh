#!/bin/sh
# Conseil DLA : installe le programme, sans réseau, sans compilateur, sans droit d’administrateur.
set -eu
unset PYTHONHOME PYTHONPATH
ici=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

if [ ! -f "$ici/paquets/installation.py" ]; then
    echo "Le dossier « paquets » n’est pas ici : ouvrez le fichier .zip en entier, puis recommencez." >&2
    exit 2
fi

# Un Python convient s’il est d’une version pour laquelle les paquets sont là. Celui que macOS montre dans /usr/bin
# ouvre une fenêtre quand il n’est pas installé, et il est trop ancien.
convient() {
    chemin=$(command -v "$1") || return 1
    case "$(uname -s):$chemin" in Darwin:/usr/bin/*) return 1 ;; esac
    version=$("$chemin" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    autre=$version
    [ -f "$ici/paquets/liste-$version.txt" ]
}

autre=
for nom in python3.13 python3.12 python3.11 python3 python; do
    if convient "$nom"; then
        exec "$chemin" -I "$ici/paquets/installation.py"
    fi
done

if [ -n "$autre" ]; then
    cat "$ici/paquets/python-autre.txt" >&2
else
    cat "$ici/paquets/python-absent.txt" >&2
fi
exit 2
