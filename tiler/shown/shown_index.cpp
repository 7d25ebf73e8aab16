#include "tiler/shown/shown_index.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <queue>
#include <utility>

namespace relief::shown {
namespace {

constexpr std::chrono::seconds page_time{5};
constexpr std::uint8_t page_zoom = 12;

/// A part of the world, both ends inside: what lies at a spot is compared without its degrees.
struct Part {
    report::Spot low;
    report::Spot high;

    bool holds(const report::Spot& spot) const noexcept {
        return spot.x >= low.x && spot.x <= high.x && spot.y >= low.y && spot.y <= high.y;
    }
};

Part part_of(const LonLatBox& box) {
    return {report::spot_of(report::Place{box.west, box.north}),
            report::spot_of(report::Place{box.east, box.south})};
}

/// The parts that a box lies in: two over the antimeridian.
std::vector<Part> parts_of(const std::optional<LonLatBox>& box) {
    if (!box) return {part_of({-180, -90, 180, 90})};
    if (box->west <= box->east) return {part_of(*box)};
    return {part_of({box->west, box->south, 180, box->north}),
            part_of({-180, box->south, box->east, box->north})};
}

/// Cells about as large as the part, so that few of them are looked at.
CellRange range_of(const Part& part) {
    const report::Spot& low = part.low;
    const report::Spot& high = part.high;
    std::uint8_t zoom = page_zoom;
    while (zoom > 0 &&
           ((high.x - low.x) >> (32U - zoom) > 64 || (high.y - low.y) >> (32U - zoom) > 64))
        --zoom;
    const auto cell = [&](std::uint32_t step) { return zoom == 0 ? 0 : step >> (32U - zoom); };
    return {zoom, cell(low.x), cell(low.y), cell(high.x), cell(high.y)};
}

/// The largest numbers below a bound.
class Newest {
public:
    explicit Newest(const ShownIndex::PageWish& wish) : wish_(wish) {}

    void take(std::uint32_t number) {
        if (wish_.before && number >= *wish_.before) return;
        if (kept_.size() == wish_.limit && number < kept_.top()) return;
        kept_.push(number);
        if (kept_.size() > wish_.limit) kept_.pop();
    }
    std::vector<std::uint32_t> descending() {
        std::vector<std::uint32_t> numbers;
        for (; !kept_.empty(); kept_.pop()) numbers.push_back(kept_.top());
        std::reverse(numbers.begin(), numbers.end());
        return numbers;
    }

private:
    const ShownIndex::PageWish& wish_;
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> kept_;
};

Result<void> take_part(const Content& content,
                       const Part& part,
                       const RowFilter& filter,
                       Newest& newest) {
    auto walked = content.points.each(range_of(part),
                                      filter,
                                      Deadline(std::chrono::steady_clock::now() + page_time),
                                      [&](const PointRow& row, std::uint32_t) {
                                          if (part.holds(report::spot_of(row.key)))
                                              newest.take(row.number);
                                          return true;
                                      });
    if (!walked) return walked;
    for (const AreaRow& area : *content.areas) {
        if (area.number == 0 || !filter.holds(area)) continue;
        const LonLatBox box = report::box_of(area.cell);
        const report::Place middle{(box.west + box.east) / 2, (box.south + box.north) / 2};
        if (part.holds(report::spot_of(middle))) newest.take(area.number);
    }
    return {};
}

}  // namespace

/// A connection while somebody reads.
// NOLINTNEXTLINE(cppcoreguidelines-special-member-functions): made where it is returned to
struct ShownIndex::Lent {
    const ShownIndex& index;
    std::unique_ptr<ShownStore> store;
    std::optional<Error> failure{};

    ~Lent() {
        if (!store) return;
        const std::lock_guard lock(index.mutex_);
        index.idle_.push_back(std::move(store));
    }
};

ShownIndex::Lent ShownIndex::lend() const {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            auto store = std::move(idle_.back());
            idle_.pop_back();
            return {*this, std::move(store)};
        }
    }
    auto opened = ShownStore::open_existing(workspace_);
    if (!opened) return {*this, nullptr, opened.error()};
    return {*this, std::make_unique<ShownStore>(std::move(*opened))};
}

void ShownIndex::show(ContentPointer content, const Progress& progress) {
    const std::lock_guard lock(mutex_);
    content_ = std::move(content);
    progress_ = progress;
}

Sight ShownIndex::sight() const {
    const std::lock_guard lock(mutex_);
    return {content_,
            shared_from_this(),
            progress_.epoch + "-open-" + std::to_string(progress_.revision),
            progress_.changed};
}

Result<std::vector<std::optional<RowText>>> ShownIndex::of(
    std::span<const std::uint32_t> numbers) const {
    if (numbers.empty()) return std::vector<std::optional<RowText>>();
    const Lent lent = lend();
    return lent.failure ? Result<std::vector<std::optional<RowText>>>(*lent.failure)
                        : lent.store->texts(numbers);
}

Result<std::optional<PublicReport>> ShownIndex::find(std::string_view id) const {
    if (sight().content->size() == 0) return std::optional<PublicReport>();
    const Lent lent = lend();
    return lent.failure ? Result<std::optional<PublicReport>>(*lent.failure) : lent.store->find(id);
}

Result<std::vector<PublicReport>> ShownIndex::page(const PageWish& wish) const {
    const ContentPointer content = sight().content;
    if (content->size() == 0) return std::vector<PublicReport>();
    const RowFilter filter = row_filter(wish.filter, *content->categories);
    // Of all there are the tables know the newest: nobody is to make us look at each of them.
    const bool of_all = filter.is_open() && !wish.filter.box;
    Newest newest(wish);
    if (!of_all)
        for (const Part& part : parts_of(wish.filter.box))
            if (auto taken = take_part(*content, part, filter, newest); !taken)
                return taken.error();
    const auto numbers = newest.descending();
    if (!of_all && numbers.empty()) return std::vector<PublicReport>();
    const Lent lent = lend();
    if (lent.failure) return *lent.failure;
    return of_all ? lent.store->newest(wish.before, wish.limit) : lent.store->of(numbers);
}

std::size_t ShownIndex::bytes() const {
    return sight().content->bytes();
}

}  // namespace relief::shown
