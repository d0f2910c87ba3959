-- POSTs a body of as many bytes as the first argument says, and prints what wrk counted as report.lua does.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/octet-stream"

function init(args)
  wrk.body = string.rep("b", tonumber(args[1]))
  local built = wrk.format()
  request = function() return built end
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("REPORT\t%d\t%d\t%d\t%d\t%d\t%.0f\t%.0f\t%.0f\n",
    summary.requests, summary.bytes, summary.duration,
    e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
