-- Asks for one of as many paths as the first argument says, at random, and prints what wrk counted as report.lua does.
-- Paths are drawn beforehand, so that each request costs the client the same however many there are.
local paths, at = {}, 0

function init(args)
  local count = tonumber(args[1])
  math.randomseed(count)
  for i = 1, 20000 do
    paths[i] = wrk.format("GET", "/r" .. math.random(0, count - 1) .. "/of/" .. i)
  end
end

function request()
  at = at % #paths + 1
  return paths[at]
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("REPORT\t%d\t%d\t%d\t%d\t%d\t%.0f\t%.0f\t%.0f\n",
    summary.requests, summary.bytes, summary.duration,
    e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
