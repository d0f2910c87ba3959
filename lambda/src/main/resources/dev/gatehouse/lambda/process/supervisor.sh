# Runs a function's process in a session and process group of its own.
#   $1 setsid, $2 sh (both as absolute paths: the function's PATH is not ours), then the command.
# Gatehouse holds the other end of stdin. When that closes, however Gatehouse went, the group is
# killed. A line that comes through it is repeated on stdout: so Gatehouse knows that it has read
# all output up to there. The first line on stdout is the id of the group.
setsid=$1 sh=$2
shift 2
exec 3<&0 </dev/null
"$setsid" "$sh" -c 'echo $$; exec "$@"' "$sh" "$@" 3<&- &
group=$!
{
  while read -r line <&3; do printf '%s\n' "$line"; done
  # By its own id too: it may not have become a group yet.
  kill -s KILL "$group"
  kill -s KILL -- "-$group"
} 2>/dev/null &
watcher=$!
exec 3<&-
wait "$group"
status=$?
kill -s KILL -- "-$group" "$watcher" 2>/dev/null
exit "$status"
