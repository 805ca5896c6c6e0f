#!/bin/sh
# Make the virtual environment FOLDER with the package and one of its extras:
#
#     sh scripts/environment.sh FOLDER EXTRA [REQUIREMENT…]
#
# Needs a Python of at least 3.11 and nothing else. Does nothing where the environment is up to date:
# a stamp in it tells the Python and the pyproject.toml it was made from. PYTHON_FOR_ENVIRONMENT= names an interpreter.
set -eu
cd "$(dirname "$0")/.."
folder=$1 extra=$2
shift 2

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_environments() {
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1
}

find_python() { # prints the first interpreter that is new enough and passes the test "$1"
    for name in ${PYTHON_FOR_ENVIRONMENT:-} python3.14 python3.13 python3.12 python3.11 python3; do
        # a command may stand more than once on the path, and the first may be an empty shell
        for candidate in $(which -a "$name" 2>/dev/null || command -v "$name" || true); do
            if new_enough "$candidate" && "$1" "$candidate"; then
                echo "$candidate"
                return 0
            fi
        done
    done
    return 1
}

install_venv_package() { # for a Debian Python that comes without its venv module
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $package, without which $1 cannot make an environment." >&2
        { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
            --no-install-recommends install "$package"; } >&2 </dev/null || true
    fi
    can_make_environments "$1" && return 0
    echo "$1 cannot make virtual environments: install $package (apt-get install $package)." >&2
    return 1
}

wanted=$(cat pyproject.toml scripts/environment.sh | cksum | tr ' ' -)-$(echo "$*" | cksum | cut -d' ' -f1)
stamp=$folder/.made-for-$extra
if [ -x "$folder/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

if ! "$folder/bin/python" -c 'import pip' >/dev/null 2>&1; then
    python=$(find_python can_make_environments) || {
        python=$(find_python true) || {
            echo "No Python of at least 3.11 was found: install one, for example python3.13." >&2
            exit 1
        }
        install_venv_package "$python"
    }
    echo "Making $folder with $("$python" --version) ($python)"
    "$python" -m venv --clear "$folder"
fi

echo "Installing civic_sourcing[$extra] into $folder (a minute or two the first time)"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-compile \
    --editable ".[$extra]" "$@"
case $extra in # each larger extra holds the smaller ones
dev) held="dev bench lint test example" ;;
bench | lint) held="$extra test example" ;;
test) held="test example" ;;
*) held=$extra ;;
esac
for extra in $held; do
    echo "$wanted" >"$folder/.made-for-$extra"
done
