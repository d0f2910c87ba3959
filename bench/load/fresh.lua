-- A token that was not used before with each request: every token of the file named first, on each of as many routes
-- as the second argument says, each of which has an authorizer of its own. Where a round ends, the next one goes on:
-- the third argument names a file that keeps the place.
local tokens, routes, host = {}, 1, nil
local worker
at, place = 0, nil -- global, so that done() can ask the worker's state for them

function setup(thread) worker = thread end

function init(args)
  for line in io.lines(args[1]) do tokens[#tokens + 1] = line end
  routes, place, host = tonumber(args[2]), args[3], args[4]
  local file = io.open(place)
  if file then
    at = tonumber(file:read("a")) or 0
    file:close()
  end
end

function request()
  at = at + 1
  local token = tokens[at % #tokens + 1]
  local route = math.floor(at / #tokens) % routes
  return wrk.format("GET", wrk.path .. "/" .. route, {Host = host, Authorization = "Bearer " .. token})
end

function done(summary, latency, requests)
  local file = io.open(worker:get("place"), "w")
  file:write(string.format("%d", worker:get("at")))
  file:close()
  local e = summary.errors
  io.write(string.format("REPORT\t%d\t%d\t%d\t%d\t%d\t%.0f\t%.0f\t%.0f\n",
    summary.requests, summary.bytes, summary.duration,
    e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
