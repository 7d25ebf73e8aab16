#pragma once
// The problems of a document while it is read.

#include "tiler/stylesheet/problem.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::stylesheet {

using Json = nlohmann::json;

/// The member of an object; null when there is none.
const Json* find_member(const Json& object, std::string_view name);
/// "a number", "a list".
std::string_view sort_of(const Json& json);
/// The JSON, shortened.
std::string shown(const Json& json);

/// Grows up to a limit: who has mended a hundred asks again.
class ProblemList {
public:
    void error(const JsonPath& path, const std::string& message) {
        add({Severity::error, path, message});
    }
    void note(const JsonPath& path, const std::string& message) {
        add({Severity::note, path, message});
    }

    // A member of the sort; nothing when there is none, or, with an error, when it is another.
    std::optional<std::string> text(const Json& object,
                                    std::string_view name,
                                    const JsonPath& path);
    std::optional<bool> truth(const Json& object, std::string_view name, const JsonPath& path);

    /// The least and the most that a number may be.
    struct Range {
        double least;
        double most;
    };
    struct NumberMember {
        std::string_view name;
        Range range;
    };
    std::optional<double> number(const Json& object,
                                 const NumberMember& member,
                                 const JsonPath& path);

    /// Notes the members that have no meaning here.
    void note_unknown(const Json& object,
                      std::span<const std::string_view> known,
                      const JsonPath& path);

    const std::vector<Problem>& problems() const noexcept { return problems_; }
    std::vector<Problem> take() noexcept { return std::move(problems_); }

private:
    static constexpr std::size_t most_of_a_kind = 100;

    void add(Problem problem);

    std::vector<Problem> problems_;
    std::size_t errors_ = 0;
    std::size_t notes_ = 0;
};

}  // namespace relief::stylesheet
