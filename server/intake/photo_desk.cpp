#include "server/intake/photo_desk.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace relief::intake {
namespace {

// Each a child of up to a gigabyte.
constexpr unsigned photo_threads = 2;
constexpr std::size_t photos_waiting = 8;
constexpr std::size_t most_of_one_asker = 2;
// A report follows its photos within a minute, or never.
constexpr std::chrono::hours left_behind{1};

}  // namespace

PhotoDesk::PhotoDesk(Order order, ReportDesk& reports)
    : order_(std::move(order)),
      reports_(reports),
      store_(order_.workspace),
      pool_(photo_threads, photos_waiting) {
    later([this] {
        store_.remove_unfinished(left_behind);
        remove_unused(store_.older_than(left_behind));
    });
}

bool PhotoDesk::later_for(const std::string& asker, std::function<void()> work) {
    if (asker.empty()) return later(std::move(work));
    auto place = place_for(asker);
    if (!place) return false;
    return later([place = std::move(place), work = std::move(work)] { work(); });
}

std::shared_ptr<void> PhotoDesk::place_for(const std::string& asker) {
    const std::lock_guard lock(asking_);
    if (askers_.count(asker) >= most_of_one_asker) return nullptr;
    askers_.insert(asker);
    return {this, [this, asker](void*) {
                const std::lock_guard giving_back(asking_);
                askers_.erase(askers_.find(asker));
            }};
}

void PhotoDesk::hold(const std::string& name) {
    const std::lock_guard lock(mutex_);
    held_.insert(name);
}

void PhotoDesk::let_go(const std::vector<std::string>& names) {
    const std::lock_guard lock(mutex_);
    for (const std::string& name : names)
        if (const auto found = held_.find(name); found != held_.end()) held_.erase(found);
}

Result<CleanPhoto> PhotoDesk::clean_one(std::string_view photo) const {
    if (photo.size() > order_.photo_bytes)
        return Error{Fault::too_large,
                     "a photo has " + std::to_string(photo.size()) + " bytes; at most " +
                         std::to_string(order_.photo_bytes) + " are taken"};
    return clean_photo_apart(order_.program, photo);
}

Result<std::shared_ptr<const PhotoDesk::Kept>> PhotoDesk::keep(
    std::span<const std::string_view> photos) {
    // All are judged before one is written: of a form that is refused nothing stays.
    std::vector<CleanPhoto> clean;
    for (const std::string_view photo : photos) {
        auto one = clean_one(photo);
        if (!one) return one.error();
        clean.push_back(std::move(*one));
    }
    std::vector<std::string> names;
    for (const CleanPhoto& photo : clean) {
        names.push_back(PhotoStore::name_of(photo));
        hold(names.back());
        if (auto kept = store_.keep(photo); !kept) {
            let_go(names);
            remove_unused(names);
            return kept.error();
        }
    }
    return std::make_shared<const Kept>(*this, std::move(names));
}

void PhotoDesk::remove_unused(const std::vector<std::string>& photos) {
    if (photos.empty()) return;
    // Held while it is looked at and removed: what comes meanwhile is written after.
    const std::lock_guard lock(mutex_);
    auto unused = reports_.unused(photos);
    if (!unused) return;
    std::erase_if(*unused, [this](const std::string& name) { return held_.contains(name); });
    store_.remove(*unused);
}

}  // namespace relief::intake
