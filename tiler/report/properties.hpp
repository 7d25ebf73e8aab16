#pragma once
// The further properties of a report: a JSON object that grows member by member, within bounds.

#include <cstddef>
#include <string>
#include <string_view>

namespace relief::report {

class Properties {
public:
    /// A text in JSON's quotes; a plain decimal number as one. Nothing is kept of an empty one.
    void put_text(std::string_view name, std::string_view value);
    /// `json` is a value in JSON.
    void put_json(std::string_view name, std::string_view json);

    /// The object; begins anew.
    std::string take();
    /// Something did not fit into report::Bounds since the last take().
    bool was_cut() const noexcept { return cut_; }

private:
    std::string members_;
    std::size_t count_ = 0;
    bool cut_ = false;
};

/// In JSON's quotes. `text` is UTF-8 without controls but line feeds and tabs.
void append_json_text(std::string& out, std::string_view text);

}  // namespace relief::report
