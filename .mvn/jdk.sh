# Sourced by ./mvnw and ./langevin: points JAVA_HOME at the newest JDK >= 17 on this machine.
#
# A JAVA_HOME that the user has set wins if it is a JDK >= 17. Otherwise the candidates are the javac on the PATH and the
# folders where Linux distributions, macOS, SDKMAN and IDEs put JDKs. LANGEVIN_OTHER_JDK becomes a JDK of
# another feature version (the oldest >= 17 if the newest was chosen), on which the tests run a second time.
# Plain POSIX shell; no process is started per candidate, because ./langevin sources this at every start.

langevin_release() { # prints the feature version of the JDK in folder $1, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS='=' read -r langevin_key langevin_value; do
    case "$langevin_key" in JAVA_VERSION)
      langevin_value=${langevin_value#\"}
      langevin_value=${langevin_value%%[!0-9]*}
      langevin_version=$langevin_value
      return 0 ;;
    esac
  done <"$1/release"
}

langevin_find_jdks() {
  langevin_newest='' langevin_newest_version=0 langevin_oldest='' langevin_oldest_version=999
  langevin_javac=$(command -v javac 2>/dev/null) || langevin_javac=''
  langevin_on_path=''
  if [ -n "$langevin_javac" ]; then
    langevin_javac=$(readlink -f "$langevin_javac" 2>/dev/null || printf %s "$langevin_javac")
    langevin_on_path=${langevin_javac%/bin/javac}
  fi
  set +f
  for langevin_jdk in "$langevin_on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -n "$langevin_jdk" ] && [ -d "$langevin_jdk" ] || continue
    langevin_version=0
    langevin_release "$langevin_jdk"
    case "$langevin_version" in '' | *[!0-9]*) continue ;; esac
    [ "$langevin_version" -ge 17 ] || continue
    if [ "$langevin_version" -gt "$langevin_newest_version" ]; then
      langevin_newest=$langevin_jdk langevin_newest_version=$langevin_version
    fi
    if [ "$langevin_version" -lt "$langevin_oldest_version" ]; then
      langevin_oldest=$langevin_jdk langevin_oldest_version=$langevin_version
    fi
  done
}

if [ -z "${LANGEVIN_JDK_CHOSEN-}" ]; then
  langevin_find_jdks
  langevin_version=0
  [ -z "${JAVA_HOME-}" ] || langevin_release "$JAVA_HOME"
  if [ "$langevin_version" -ge 17 ]; then
    langevin_chosen_version=$langevin_version
  elif [ -n "$langevin_newest" ]; then
    JAVA_HOME=$langevin_newest
    langevin_chosen_version=$langevin_newest_version
    export JAVA_HOME
  else
    langevin_chosen_version=0
  fi
  LANGEVIN_OTHER_JDK=''
  if [ "$langevin_chosen_version" -ge 17 ]; then
    if [ "$langevin_newest_version" -gt "$langevin_chosen_version" ]; then
      LANGEVIN_OTHER_JDK=$langevin_newest
    elif [ "$langevin_oldest_version" -lt "$langevin_chosen_version" ]; then
      LANGEVIN_OTHER_JDK=$langevin_oldest
    fi
  fi
  LANGEVIN_JDK_VERSION=$langevin_chosen_version
  LANGEVIN_JDK_CHOSEN=yes
  export LANGEVIN_JDK_CHOSEN LANGEVIN_OTHER_JDK LANGEVIN_JDK_VERSION
fi
