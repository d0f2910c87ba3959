# Runs a function's process in a session and process group of its own.
#   $1 setsid, $2 sh (both as absolute paths: the function's PATH is not ours), $3 commands that set limits,
#   $4 empty, or a command that kills whatever the process's own user still runs; then the command.
# Gatehouse holds the other end of stdin. When that closes, however Gatehouse went, the group is
# killed. A line that comes through it is repeated on stdout: so Gatehouse knows that it has read
# all output up to there. The first line on stdout is the id of the group.
setsid=$1 sh=$2 limits=$3 others=$4
shift 4
exec 3<&0 </dev/null
"$setsid" "$sh" -c 'echo $$; eval "$0"; exec "$@"' "$limits" "$@" 3<&- &
group=$!
{
  while read -r line <&3; do printf '%s\n' "$line"; done
  # By its own id too: it may not have become a group yet.
  kill -s KILL "$group"
  kill -s KILL -- "-$group"
} 2>/dev/null &
watcher=$!
exec 3<&-
wait "$group" 2>/dev/null # the shell would say there how it ended
status=$?
kill -s KILL -- "-$group" "$watcher" 2>/dev/null
# As another user nothing can leave but what that user runs.
if [ -n "$others" ] && eval "$others"; then exit "$status"; fi
# What left the group is known by a name in its environment that no other process has. Looking for it takes a
# while, in which whoever waits for the exit status shall not wait.
{
  rounds=0 left=some
  while [ "$rounds" -lt 20 ] && [ -n "$left" ]; do
    left=
    for file in $(/bin/grep -lazsFx "AWS_LAMBDA_LOG_STREAM_NAME=$AWS_LAMBDA_LOG_STREAM_NAME" /proc/[0-9]*/environ); do
      process=${file#/proc/}
      process=${process%/environ}
      # Not this one itself, whose id a subshell is not told.
      read -r self rest </proc/self/stat
      if [ "$process" != "$self" ] && kill -s KILL "$process"; then left=$process; fi
    done
    rounds=$((rounds + 1))
  done
} </dev/null >/dev/null 2>&1 &
exit "$status"
