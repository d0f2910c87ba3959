-- Prints what wrk counted as one tab-separated line. Only done() is defined, so that wrk builds its request once
-- and runs no Lua while it measures.
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("REPORT\t%d\t%d\t%d\t%d\t%d\t%.0f\t%.0f\t%.0f\n",
    summary.requests, summary.bytes, summary.duration,
    e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
