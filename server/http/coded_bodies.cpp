#include "server/http/coded_bodies.hpp"

#include <algorithm>

namespace relief::http {
namespace {

// The list is searched from end to end, which is quick only while it is short.
constexpr std::size_t most_entries = 64;

bool is_same(const std::weak_ptr<const Bytes>& known, const SharedBytes& plain) noexcept {
    return !known.owner_before(plain) && !plain.owner_before(known);
}

}  // namespace

SharedBytes CodedBodies::find(const SharedBytes& plain, Coding coding) {
    const std::lock_guard lock(mutex_);
    return find_locked(plain, coding);
}

SharedBytes CodedBodies::find_locked(const SharedBytes& plain, Coding coding) {
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.coding == coding && is_same(entry.plain, plain);
    });
    if (found == entries_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found);
    return found->coded;
}

SharedBytes CodedBodies::make(const SharedBytes& plain, Coding coding) {
    if (auto known = find(plain, coding)) return known;
    auto coded = encoded(coding, *plain);
    // A quarter at most, so that one large body does not push out all others.
    if (!coded || coded->size() > most_bytes_ / 4) return coded;
    const std::lock_guard lock(mutex_);
    if (auto known = find_locked(plain, coding)) return known;
    entries_.push_front({plain, coding, coded});
    bytes_ += coded->size();
    while (bytes_ > most_bytes_ || entries_.size() > most_entries) forget_the_oldest();
    return coded;
}

void CodedBodies::forget_the_oldest() {
    // One whose plain body nobody holds any more will never be asked for again.
    const auto useless = std::find_if(
        entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.plain.expired(); });
    const auto dropped = useless != entries_.end() ? useless : std::prev(entries_.end());
    bytes_ -= dropped->coded->size();
    entries_.erase(dropped);
}

}  // namespace relief::http
