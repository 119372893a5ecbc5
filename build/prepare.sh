# What the scripts need on a fresh machine. Sourced, not run.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

# Installs Debian packages, or says which are missing.
install_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $* ..." >&2
        (apt-get install -y -qq "$@" || { apt-get update -qq && apt-get install -y -qq "$@"; }) >/dev/null 2>&1 && return 0
    fi
    echo "kopeck: install these packages first: $*" >&2
    return 1
}

prepare_dotnet() {
    if ! command -v dotnet >/dev/null; then
        echo "kopeck: the .NET 10 SDK is missing: https://dotnet.microsoft.com/download" >&2
        exit 1
    fi
    # Read to its end: a pipe that grep closes early would count as a failure. ldconfig is not in everyone's path.
    if ! PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep libicuuc >/dev/null; then
        install_packages "$(apt-cache search --names-only '^libicu[0-9]+$' 2>/dev/null | cut -d' ' -f1 | sort -V | tail -n 1 || true)" || exit 1
    fi
    # In the repository, whose global.json says which SDK is used.
    case "$(cd "${root:-.}" && dotnet --version 2>/dev/null)" in
        10.*) ;;
        *) echo "kopeck: the .NET 10 SDK is needed; found $(dotnet --list-sdks 2>/dev/null | tr '\n' ' ')" >&2; exit 1 ;;
    esac
}

# Compiling a project costs its start and its warming up, too, unless one compiler does them all. Where the environment says that none is to
# stay behind, one is used all the same, and ended by whoever began it.
keep_compiler() {
    [ "${UseSharedCompilation:-}" = false ] || return 0
    export UseSharedCompilation=true
    ends_compiler=1
}

end_compiler() {
    [ -z "${ends_compiler:-}" ] || dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1
}
