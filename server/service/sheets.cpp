#include "server/service/sheets.hpp"

namespace relief::service {

bool Sheets::join(const std::string& sheet, std::size_t cell) {
    const std::lock_guard lock(mutex_);
    const auto [place, first] = waiting_.try_emplace(sheet);
    place->second.push_back(cell);
    return first;
}

std::vector<std::size_t> Sheets::take(const std::string& sheet) {
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(sheet);
    if (found == waiting_.end()) return {};
    std::vector<std::size_t> cells;
    cells.swap(found->second);
    if (cells.empty()) waiting_.erase(found);
    return cells;
}

}  // namespace relief::service
