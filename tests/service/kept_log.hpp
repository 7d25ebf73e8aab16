#pragma once
// A log that a test can read.

#include "server/ops/log.hpp"

#include <algorithm>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace relief::service {

class KeptLog : public ops::Log {
public:
    void write(ops::Level level,
               std::string_view event,
               std::initializer_list<ops::Field> fields) override {
        std::string line(level == ops::Level::error ? "error " : "");
        line += event;
        for (const auto& [name, value] : fields)
            line.append(" ").append(name).append("=") += value.text;
        const std::lock_guard lock(mutex_);
        lines_.push_back(std::move(line));
    }
    std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }
    std::size_t count(std::string_view event) const {
        const auto all = lines();
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [&](const std::string& line) {
                return line.starts_with(event);
            }));
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

}  // namespace relief::service
