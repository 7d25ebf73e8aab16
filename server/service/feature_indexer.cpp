#include "server/service/feature_indexer.hpp"

#include "tiler/ingest/incoming.hpp"
#include "tiler/ingest/worker.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <variant>

namespace relief::service {

namespace fs = std::filesystem;

FeatureIndexer::FeatureIndexer(std::string program, std::function<void()> made)
    : program_(std::move(program)), made_(std::move(made)), thread_([this] { run(); }) {}

FeatureIndexer::~FeatureIndexer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        current_.reset();
    }
    wake_.notify_all();
    thread_.join();
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::optional<Result<FeatureIndexer::Index>> FeatureIndexer::find(const Wish& wish) {
    const std::lock_guard lock(mutex_);
    if (const auto found = done_.find(wish); found != done_.end()) return found->second;
    if (current_ == wish) return std::nullopt;
    if (std::find(waiting_.begin(), waiting_.end(), wish) == waiting_.end()) {
        waiting_.push_back(wish);
        wake_.notify_all();
    }
    return std::nullopt;
}

void FeatureIndexer::keep_only(const std::set<Wish>& wanted) {
    const std::lock_guard lock(mutex_);
    const auto gone = [&](const Wish& wish) { return !wanted.contains(wish); };
    std::erase_if(waiting_, gone);
    if (current_ && gone(*current_)) current_.reset();
    std::erase_if(done_, [&](const auto& entry) {
        if (!gone(entry.first)) return false;
        // Who still reads it has it mapped.
        std::error_code ignored;
        if (entry.second) fs::remove_all(entry.second->file.parent_path(), ignored);
        return true;
    });
}

void FeatureIndexer::run() {
    std::unique_lock lock(mutex_);
    for (std::size_t number = 1;; ++number) {
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        const Wish wish = std::move(waiting_.front());
        waiting_.pop_front();
        current_ = wish;
        lock.unlock();
        Result<Index> index = make(wish, number);
        lock.lock();
        const bool wanted = current_ == wish;
        current_.reset();
        if (!wanted) continue;
        done_.insert_or_assign(wish, std::move(index));
        lock.unlock();
        made_();
        lock.lock();
    }
}

fs::path FeatureIndexer::folder() {
    if (!folder_.empty()) return folder_;
    std::error_code failure;
    std::string pattern = (fs::temp_directory_path(failure) / "relief-features-XXXXXX").string();
    // Of mode 0700: what is served may be above low.
    if (!failure && ::mkdtemp(pattern.data()) != nullptr) folder_ = pattern;
    return folder_;
}

Result<FeatureIndexer::Index> FeatureIndexer::make(const Wish& wish, std::size_t number) {
    const auto broken_folder = source_broken(
        "there is no place for the index of its features: the folder for temporary files (TMPDIR) "
        "cannot be written");
    if (folder().empty()) return broken_folder;
    const fs::path own = folder_ / std::to_string(number);
    std::error_code failure;
    if (!fs::create_directory(own, failure)) return broken_folder;
    const fs::path target = own / (wish.name + ".tif");
    ingest::Conversion order;
    order.program = program_;
    order.file = wish.file;
    order.layer = wish.layer;
    order.progress = [&](double) {
        const std::lock_guard lock(mutex_);
        return current_ == wish;
    };
    auto content = ingest::convert_in_child(order, target);
    if (content && std::holds_alternative<VectorDescription>(*content))
        return Index{ingest::features_beside(target),
                     std::get<VectorDescription>(*std::move(content)),
                     {fingerprint(wish.version + ' ' + wish.layer)}};
    fs::remove_all(own, failure);
    if (!content) return content.error();
    return source_broken("it no longer holds features");
}

}  // namespace relief::service
