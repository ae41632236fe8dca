#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "paidan/base/assert.hpp"

namespace paidan::stream {

/// The bytes of a key, kept in place up to 23 of them (a ticket id has 16) and else on the heap.
/// Move-only, because the table is its only owner.
class CompactKey {
 public:
  CompactKey() = default;
  explicit CompactKey(std::string_view bytes) {
    if (bytes.size() <= inside_max) {
      size_ = static_cast<std::uint8_t>(bytes.size());
      std::memcpy(inside_, bytes.data(), bytes.size());
      return;
    }
    size_ = outside;
    char* copy = new char[bytes.size()];
    std::memcpy(copy, bytes.data(), bytes.size());
    const std::size_t length = bytes.size();
    std::memcpy(inside_, static_cast<const void*>(&copy), sizeof copy);
    std::memcpy(inside_ + sizeof copy, &length, sizeof length);
  }
  CompactKey(CompactKey&& from) noexcept { take(from); }
  CompactKey& operator=(CompactKey&& from) noexcept {
    if (this != &from) {
      release();
      take(from);
    }
    return *this;
  }
  CompactKey(const CompactKey&) = delete;
  CompactKey& operator=(const CompactKey&) = delete;
  ~CompactKey() { release(); }

  bool present() const noexcept { return size_ != absent; }
  std::string_view view() const noexcept {
    if (size_ <= inside_max) return {inside_, size_};
    if (size_ == absent) return {};
    std::size_t length = 0;
    std::memcpy(&length, inside_ + sizeof(char*), sizeof length);
    return {outer(), length};
  }

 private:
  static constexpr std::size_t inside_max = 23;
  static constexpr std::uint8_t outside = 254;
  static constexpr std::uint8_t absent = 255;

  const char* outer() const noexcept {
    const char* bytes = nullptr;
    std::memcpy(static_cast<void*>(&bytes), inside_, sizeof bytes);
    return bytes;
  }
  void take(CompactKey& from) noexcept {
    std::memcpy(inside_, from.inside_, sizeof inside_);
    size_ = std::exchange(from.size_, absent);
  }
  void release() noexcept {
    if (size_ == outside) delete[] outer();
    size_ = absent;
  }

  char inside_[inside_max] = {};
  std::uint8_t size_ = absent;
};
static_assert(sizeof(CompactKey) == 24);

/// Values by key, made for a million of them: 24 bytes for the key and about 14 for the index
/// beside the value itself, no allocation per entry, and a stable 32-bit slot number that a timer
/// can hold instead of a copy of the key. Values do not move while they live. Not thread-safe.
template <class Value>
class KeyTable {
 public:
  using Slot = std::uint32_t;
  static constexpr Slot none = std::numeric_limits<Slot>::max();

  KeyTable() = default;

  std::size_t size() const noexcept { return slots_end_ - free_.size(); }
  /// Slots are below this; some of them may be free.
  Slot slots_end() const noexcept { return slots_end_; }
  bool holds(Slot slot) const noexcept { return slot < slots_end_ && at(slot).key.present(); }
  std::string_view key(Slot slot) const noexcept { return at(slot).key.view(); }
  Value& value(Slot slot) noexcept { return at(slot).value; }
  const Value& value(Slot slot) const noexcept { return at(slot).value; }

  /// `none` if the key is not there.
  Slot find(std::string_view key) const noexcept {
    const std::size_t bucket = bucket_of(key, tag_of(key));
    return bucket == no_bucket ? none : buckets_[bucket].slot;
  }

  /// The key must not be there. Its value is Value{}.
  Slot insert(std::string_view key) {
    if ((size() + 1) * 4 > buckets_.size() * 3) grow();
    const Slot slot = free_slot();
    at(slot).key = CompactKey(key);
    place(Bucket{slot, tag_of(key)});
    return slot;
  }

  void erase(Slot slot) {
    PAIDAN_ASSERT(holds(slot), "only what is there can be erased");
    Entry& entry = at(slot);
    close_gap(bucket_of(entry.key.view(), tag_of(entry.key.view())));
    entry = Entry{};
    free_.push_back(slot);
  }

  /// Forgets all entries but keeps the memory, for the next transaction.
  void clear() {
    if (slots_end_ == 0) return;
    for (Slot slot = 0; slot < slots_end_; ++slot) at(slot) = Entry{};
    slots_end_ = 0;
    free_.clear();
    std::fill(buckets_.begin(), buckets_.end(), Bucket{});
  }

 private:
  struct Entry {
    CompactKey key;
    Value value{};
  };
  struct Bucket {
    Slot slot = none;
    std::uint32_t tag = 0;  ///< Low half of the hash: spares most looks at the key itself.
  };
  static constexpr std::size_t chunk_entries = 256;
  static constexpr std::size_t buckets_min = 64;
  static constexpr std::size_t no_bucket = std::numeric_limits<std::size_t>::max();

  Entry& at(Slot slot) noexcept { return chunks_[slot / chunk_entries][slot % chunk_entries]; }
  const Entry& at(Slot slot) const noexcept {
    return chunks_[slot / chunk_entries][slot % chunk_entries];
  }
  static std::uint32_t tag_of(std::string_view key) noexcept {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(key));
  }
  std::size_t next(std::size_t bucket) const noexcept {
    return (bucket + 1) & (buckets_.size() - 1);
  }
  std::size_t home(std::uint32_t tag) const noexcept { return tag & (buckets_.size() - 1); }

  std::size_t bucket_of(std::string_view key, std::uint32_t tag) const noexcept {
    if (buckets_.empty()) return no_bucket;
    for (std::size_t bucket = home(tag);; bucket = next(bucket)) {
      const Bucket& found = buckets_[bucket];
      if (found.slot == none) return no_bucket;
      if (found.tag == tag && at(found.slot).key.view() == key) return bucket;
    }
  }

  void place(Bucket entry) noexcept {
    std::size_t bucket = home(entry.tag);
    while (buckets_[bucket].slot != none) bucket = next(bucket);
    buckets_[bucket] = entry;
  }

  void grow() {
    std::vector<Bucket> old(std::max(buckets_min, buckets_.size() * 2));
    old.swap(buckets_);
    for (const Bucket& bucket : old) {
      if (bucket.slot != none) place(bucket);
    }
  }

  Slot free_slot() {
    if (!free_.empty()) {
      const Slot slot = free_.back();
      free_.pop_back();
      return slot;
    }
    PAIDAN_ASSERT(slots_end_ != none, "four thousand million keys are too many");
    if (slots_end_ == chunks_.size() * chunk_entries) {
      chunks_.push_back(std::make_unique<Entry[]>(chunk_entries));
    }
    return slots_end_++;
  }

  /// Moves later entries of the same run back, so that no search stops at the hole.
  void close_gap(std::size_t hole) noexcept {
    for (std::size_t bucket = next(hole); buckets_[bucket].slot != none; bucket = next(bucket)) {
      const std::size_t mask = buckets_.size() - 1;
      const std::size_t from_home = (bucket - home(buckets_[bucket].tag)) & mask;
      if (from_home >= ((bucket - hole) & mask)) {
        buckets_[hole] = buckets_[bucket];
        hole = bucket;
      }
    }
    buckets_[hole] = Bucket{};
  }

  std::vector<std::unique_ptr<Entry[]>> chunks_;
  std::vector<Bucket> buckets_;  ///< A power of two, at most three quarters full.
  std::vector<Slot> free_;
  Slot slots_end_ = 0;
};

}  // namespace paidan::stream
