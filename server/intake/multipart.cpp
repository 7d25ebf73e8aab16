#include "server/intake/multipart.hpp"

#include "tiler/report/report.hpp"
#include "tiler/report/text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace relief::intake {
namespace {

constexpr std::size_t most_parts = 128;
constexpr std::size_t longest_part_head = 4096;

/// The value at the front of `rest`, with the marks around it, and the ";" after it taken off.
/// Nothing when its last mark is missing.
std::optional<std::string> take_value(std::string_view& rest) {
    const bool is_quoted = rest.starts_with('"');
    const std::size_t close = is_quoted ? rest.find('"', 1) : 0;
    if (close == std::string_view::npos) return std::nullopt;
    const std::size_t end = std::min(rest.find(';', close), rest.size());
    const auto value = is_quoted ? rest.substr(1, close - 1) : report::trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return std::string(value);
}

/// The parameters of a header field such as form-data; name="photo".
Fields parameters_of(std::string_view field) {
    Fields found;
    const std::size_t first = field.find(';');
    if (first == std::string_view::npos) return found;
    std::string_view rest = field.substr(first + 1);
    while (true) {
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return found;
        std::string name = report::lower_case(report::trimmed(rest.substr(0, equals)));
        rest.remove_prefix(equals + 1);
        auto value = take_value(rest);
        if (!value) return found;
        found.emplace_back(std::move(name), std::move(*value));
    }
}

struct Part {
    std::string name;
    bool is_file = false;
    std::string_view content;
};

/// Errors: bad_request for a part without a head or a name.
Result<Part> part_of(std::string_view text) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end > longest_part_head)  // or there is none
        return bad_request("a part of the form has no head that can be read");
    Part part;
    part.content = text.substr(end + 4);
    std::string_view head = text.substr(0, end);
    while (!head.empty()) {
        const std::size_t line_end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, line_end);
        head.remove_prefix(std::min(line_end + 2, head.size()));
        const std::size_t colon = std::min(line.find(':'), line.size());
        if (!report::same_ignoring_case(line.substr(0, colon), "content-disposition")) continue;
        const Fields parameters = parameters_of(line);
        const auto name = value_of(parameters, "name");
        if (!name) return bad_request("a part of the form has no name");
        part.name = *name;
        part.is_file = value_of(parameters, "filename").has_value();
        return part;
    }
    return bad_request("a part of the form has no name");
}

Result<void> take_part(const Part& part, Multipart& form) {
    if (part.name == "photo" || part.name == "photos") {
        if (part.content.empty()) return {};
        if (form.photos.size() == report::Bounds::photos)
            return bad_request("more than the " + std::to_string(report::Bounds::photos) +
                               " photos that a report may have");
        form.photos.push_back(part.content);
        return {};
    }
    if (part.is_file)
        return bad_request("the form has a file named \"" + report::shown(part.name) +
                           "\"; files are photos, named photo");
    form.fields.emplace_back(part.name, std::string(part.content));
    return {};
}

}  // namespace

Result<Multipart> read_multipart(const FormBody& sent) {
    constexpr std::size_t longest_boundary = 70;  // RFC 2046, 5.1.1
    const auto boundary = value_of(parameters_of(sent.content_type), "boundary");
    if (!boundary || boundary->empty() || boundary->size() > longest_boundary)
        return bad_request("multipart/form-data has no boundary of 1 to 70 characters");
    const std::string line = "\r\n--" + *boundary;
    std::string_view body = sent.bytes;
    // The first delimiter has no line before it.
    if (!body.starts_with(std::string_view(line).substr(2)))
        return bad_request("the form does not begin with its boundary");
    body.remove_prefix(line.size() - 2);
    Multipart form;
    for (std::size_t parts = 0; !body.starts_with("--"); ++parts) {
        const std::size_t end = body.find(line);
        if (!body.starts_with("\r\n") || end < 2 || end == std::string_view::npos)
            return bad_request("the form ends before its last boundary");
        if (parts == most_parts)
            return bad_request("the form has more than " + std::to_string(most_parts) + " parts");
        const auto part = part_of(body.substr(2, end - 2));
        if (!part) return part.error();
        if (auto taken = take_part(*part, form); !taken) return taken.error();
        body.remove_prefix(end + line.size());
    }
    return form;
}

}  // namespace relief::intake
