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

/// The parts of the world that a box lies in: two over the antimeridian.
std::vector<LonLatBox> parts_of(const std::optional<LonLatBox>& box) {
    if (!box) return {{-180, -90, 180, 90}};
    if (box->west <= box->east) return {*box};
    return {{box->west, box->south, 180, box->north}, {-180, box->south, box->east, box->north}};
}

bool holds(const LonLatBox& box, const report::Place& place) noexcept {
    return place.longitude >= box.west && place.longitude <= box.east &&
           place.latitude >= box.south && place.latitude <= box.north;
}

/// Cells about as large as the box, so that few of them are looked at.
CellRange range_of(const LonLatBox& box) {
    const report::Spot low = report::spot_of(report::Place{box.west, box.north});
    const report::Spot high = report::spot_of(report::Place{box.east, box.south});
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
                       const LonLatBox& part,
                       const RowFilter& filter,
                       Newest& newest) {
    auto walked =
        content.points.each(range_of(part),
                            filter,
                            Deadline(std::chrono::steady_clock::now() + page_time),
                            [&](const PointRow& row, std::uint32_t) {
                                if (holds(part, report::place_of(report::spot_of(row.key))))
                                    newest.take(row.number);
                                return true;
                            });
    if (!walked) return walked;
    for (const AreaRow& area : *content.areas) {
        if (area.number == 0 || !filter.holds(area)) continue;
        const LonLatBox box = report::box_of(area.cell);
        if (holds(part, {(box.west + box.east) / 2, (box.south + box.north) / 2}))
            newest.take(area.number);
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
    const RowFilter filter = row_filter(wish.filter, *content->categories);
    Newest newest(wish);
    for (const LonLatBox& part : parts_of(wish.filter.box))
        if (auto taken = take_part(*content, part, filter, newest); !taken) return taken.error();
    const auto numbers = newest.descending();
    if (numbers.empty()) return std::vector<PublicReport>();
    const Lent lent = lend();
    return lent.failure ? Result<std::vector<PublicReport>>(*lent.failure)
                        : lent.store->of(numbers);
}

std::size_t ShownIndex::bytes() const {
    return sight().content->bytes();
}

}  // namespace relief::shown
