#pragma once
// Photos of reports on their way in: cleaned in a child, kept, and gone with their reports.

#include "server/intake/photo_store.hpp"
#include "server/intake/report_desk.hpp"
#include "server/ops/work_pool.hpp"
#include "tiler/core/result.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::intake {

/// For any thread.
class PhotoDesk {
public:
    struct Order {
        std::filesystem::path workspace;
        std::string program;                   ///< with the verb of the child
        std::size_t photo_bytes = 20'000'000;  ///< of one photo
    };

    /// The desk of reports outlives this one.
    PhotoDesk(Order order, ReportDesk& reports);
    ~PhotoDesk() { end(); }
    PhotoDesk(const PhotoDesk&) = delete;
    PhotoDesk& operator=(const PhotoDesk&) = delete;
    PhotoDesk(PhotoDesk&&) = delete;
    PhotoDesk& operator=(PhotoDesk&&) = delete;

    /// Runs the work on one of the desk's own threads, since photos take long. False: too many
    /// wait.
    bool later(std::function<void()> work) { return pool_.post(std::move(work)); }
    /// The same for somebody, of whom few may be in hand or wait, so that there is room for others.
    /// `asker`: empty for whoever is not counted.
    bool later_for(const std::string& asker, std::function<void()> work);

    /// Photos that are durable and stay, whatever is erased meanwhile, as long as this lives; then
    /// those that no report has are removed.
    class Kept {
    public:
        Kept(PhotoDesk& desk, std::vector<std::string> names)
            : desk_(desk), names_(std::move(names)) {}
        ~Kept() {
            desk_.let_go(names_);
            desk_.later([&desk = desk_, names = names_] { desk.remove_unused(names); });
        }
        Kept(const Kept&) = delete;
        Kept& operator=(const Kept&) = delete;
        Kept(Kept&&) = delete;
        Kept& operator=(Kept&&) = delete;
        const std::vector<std::string>& names() const noexcept { return names_; }

    private:
        PhotoDesk& desk_;
        std::vector<std::string> names_;
    };
    /// Blocks on the child and the disk. Errors: too_large for one above the limit; those of
    /// clean_photo_apart() and PhotoStore::keep().
    Result<std::shared_ptr<const Kept>> keep(std::span<const std::string_view> photos);

    /// Removes those that no report has. Blocks on the disk.
    void remove_unused(const std::vector<std::string>& photos);

    Result<Bytes> read(const std::string& sha256, PhotoSize size) const {
        return store_.read(sha256, size);
    }
    /// Waits for the work in hand.
    void end() { pool_.end(); }

private:
    /// Null when the asker has as many as one may have; given back with the last copy.
    std::shared_ptr<void> place_for(const std::string& asker);
    void hold(const std::string& name);
    void let_go(const std::vector<std::string>& names);
    Result<CleanPhoto> clean_one(std::string_view photo) const;

    Order order_;
    ReportDesk& reports_;
    PhotoStore store_;
    std::mutex mutex_;
    std::multiset<std::string> held_;  ///< stay, though no report has them yet
    std::mutex asking_;
    std::multiset<std::string> askers_;  ///< of what is in hand or waits
    ops::WorkPool pool_;
};

}  // namespace relief::intake
