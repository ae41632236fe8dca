#include "views/batch_script.hpp"

namespace paidan::views {

std::string batch_script() {
  return R"lua(#!lua
local meta = KEYS[1]
local positions = tonumber(ARGV[2])
local repeated = positions > 0
local gap = (redis.call('HGET', meta, 'seq') or '0') ~= ARGV[1]
for i = 0, positions - 1 do
  local field, from, to = ARGV[3 + 3 * i], ARGV[4 + 3 * i], ARGV[5 + 3 * i]
  local stored = redis.call('HGET', meta, field) or '-'
  if stored == '-' or tonumber(stored) < tonumber(to) then repeated = false end
  if stored ~= from then gap = true end
end
if repeated then return 0 end
if gap then return redis.error_reply('GAP the stored positions are not those of this batch') end

local word = 3 + 3 * positions
while word <= #ARGV do
  local last = word + tonumber(ARGV[word])
  local reply = redis.pcall(unpack(ARGV, word + 1, last))
  if type(reply) == 'table' and reply.err then return redis.error_reply('HALF ' .. reply.err) end
  word = last + 1
end

for i = 0, positions - 1 do
  redis.call('HSET', meta, ARGV[3 + 3 * i], ARGV[5 + 3 * i])
end
redis.call('HINCRBY', meta, 'seq', 1)
return 1
)lua";
}

}  // namespace paidan::views
