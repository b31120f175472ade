#!/usr/bin/env bash
# Prove the README on a bare Debian 12: a debootstrap tree with python3, git and ca-certificates, the last commit cloned inside.
#
#   sudo tests/bare/prove.sh [COMMAND...]      default: demo test
#
# 1. an ordinary user without sudo is told the exact line and gets exit 2;
# 2. root runs each command (and the first one once more, with its time to main.py);
# 3. the ordinary user now runs each command too.
# Needs root and debootstrap. MIRROR names the Debian mirror (otherwise the host's own first source), BARE the folder for the
# trees (otherwise /var/tmp/carcheck-bare; its `base` is kept for the next time). The host's settings for apt, pip and
# certificates are copied in, so that the tree reaches packages the way the host does.
set -eu
repository=$(cd "$(dirname "$0")/../.." && pwd)
bare=${BARE:-/var/tmp/carcheck-bare}
tree=$bare/tree

if [ "${INSIDE_OWN_NAMESPACE:-}" != yes ]; then   # mounts and processes of the proof end with it
  [ "$(id -u)" = 0 ] || { echo "prove.sh: root is needed for chroot" >&2; exit 2; }
  command -v debootstrap >/dev/null || { echo "prove.sh: apt-get install debootstrap" >&2; exit 2; }
  INSIDE_OWN_NAMESPACE=yes exec unshare --mount --pid --fork --kill-child "$0" "$@"
fi
[ $# -gt 0 ] || set -- demo test

host_mirror() {
  { sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources
    sed -n 's/^deb  *\(\[[^]]*\]  *\)\{0,1\}\([^ ]*\).*/\2/p' /etc/apt/sources.list; } 2>/dev/null | head -n 1
}

mkdir -p "$bare"
if [ ! -x "$bare/base/usr/bin/git" ]; then
  rm -rf "$bare/base"
  debootstrap --variant=minbase --include=python3,git,ca-certificates bookworm "$bare/base" "${MIRROR:-$(host_mirror)}"
fi
rm -rf "$tree"
cp -a "$bare/base" "$tree"

rm -f "$tree/etc/apt/sources.list"   # the host's own sources take its place
for settings in etc/apt/sources.list etc/apt/sources.list.d etc/apt/apt.conf.d etc/pip.conf etc/resolv.conf etc/hosts \
                usr/local/share/ca-certificates etc/ssl/certs/ca-certificates.crt; do
  [ -e "/$settings" ] || continue
  rm -rf "${tree:?}/$settings"
  mkdir -p "$(dirname "$tree/$settings")"
  cp -aL "/$settings" "$tree/$settings"
done
if [ -e "$HOME/.config/pip/pip.conf" ]; then
  mkdir -p "$tree/etc/xdg/pip"
  cp -L "$HOME/.config/pip/pip.conf" "$tree/etc/xdg/pip/pip.conf"
fi

mount -t proc proc "$tree/proc"
mount --bind /dev "$tree/dev"
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$tree/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$tree/dev/shm"
git -C "$repository" bundle create -q "$tree/tmp/repository.bundle" HEAD "$(git -C "$repository" branch --show-current)"
chmod 644 "$tree/tmp/repository.bundle"
chroot "$tree" useradd --create-home visitor

passed_on=$(env | grep -iE '^(https?_proxy|no_proxy|pip_[a-z_]*|[a-z_]*_ca_bundle|ssl_cert_[a-z]*)=' || true)
inside() {  # USER COMMAND: in that user's clone, with an empty environment and no display
  local user=$1 home=/root
  [ "$user" = root ] || home=/home/$user
  local settings=()
  while IFS= read -r line; do [ -z "$line" ] || settings+=("$line"); done <<<"$passed_on"
  chroot --userspec="$user:$user" "$tree" /usr/bin/env -i "${settings[@]}" PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" \
    LANG=C.UTF-8 sh -c "cd $home && { [ -d carcheck ] || git clone -q /tmp/repository.bundle carcheck; } && cd carcheck && $2"
}

failures=0
verdict() {  # CODE WANTED WHAT
  if [ "$1" = "$2" ]; then echo "== proved: $3"; else echo "== NOT proved: $3 (exit $1, wanted $2)"; failures=$((failures + 1)); fi
}
attempt() {  # USER COMMAND WANTED WHAT
  local code=0 begun
  begun=$(date +%s.%N)
  echo "== $1: $2"
  inside "$1" "$2" || code=$?
  echo "== took $(awk "BEGIN {printf \"%.1f\", $(date +%s.%N) - $begun}") s"
  verdict "$code" "$3" "$4"
}

attempt visitor "python3 bootstrap.py $1" 2 "without root: the line is printed, exit 2"
for command in "$@"; do
  attempt root "python3 bootstrap.py $command" 0 "root: $command"
done
attempt root "python3 bootstrap.py setup" 0 "root: a second run"
for command in "$@"; do
  attempt visitor "python3 bootstrap.py $command" 0 "an ordinary user after root has installed the packages: $command"
done
echo "== $failures not proved"
[ "$failures" = 0 ]
