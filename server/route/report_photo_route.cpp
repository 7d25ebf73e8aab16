// GET /reports/{report}/photos/{photo}.jpg

#include "server/route/house.hpp"
#include "server/route/report_words.hpp"

#include <charconv>
#include <utility>

namespace relief::route {
namespace {

Error no_such_photo() {
    return not_found("there is no such photo, or it is not shown");
}

/// The photos of a report that the asker is shown, by their sha-256. Errors: not_found.
Result<std::vector<std::string>> shown_photos(const House& house, const http::Request& request) {
    const std::string_view id = request.capture("report");
    if (house.reports != nullptr && sees_exact(request)) {
        const auto found = house.reports->find(id);
        if (!found) return found.error();
        if (!*found) return no_such_photo();
        if (auto good = check_reason(request, **found); !good) return good.error();
        audit_look(house, request, {**found});
        return (**found).photos;
    }
    const auto* const reports = shown_now(house, request);
    if (reports == nullptr) return no_such_photo();
    const auto shown = reports->find(id);
    if (!shown) return shown.error();
    if (!*shown) return no_such_photo();
    return (**shown).photos;
}

/// From 1 on.
std::size_t number_of_photo(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

http::Response show_photo(const House& house, const http::Request& request) {
    if (house.photos == nullptr) return http::problem(no_such_photo());
    const auto photos = shown_photos(house, request);
    if (!photos) return http::problem(photos.error());
    const std::size_t number = number_of_photo(request.capture("photo"));
    if (number == 0 || number > photos->size()) return http::problem(no_such_photo());
    const std::string& name = (*photos)[number - 1];
    const bool small = request.query.find("thumb").value_or("0") != "0";
    auto bytes =
        house.photos->read(name, small ? intake::PhotoSize::thumbnail : intake::PhotoSize::whole);
    if (!bytes) return http::problem(no_such_photo());
    http::Response response;
    response.content_type = "image/jpeg";
    response.body = std::make_shared<const Bytes>(std::move(*bytes));
    response.cache_control = "private, no-store";
    return response;
}

}  // namespace

void add_report_photo_routes(http::RouteTable& table, const House& house) {
    table.add(
        {.method = "GET",
         .pattern = "/reports/{report}/photos/{photo}.jpg",
         .summary = "A photo of a report, for those who are shown it: of low ones everyone, "
                    "of others moderators. Pixels alone; nothing that the camera noted",
         .tag = "reports",
         .parameters =
             {report_parameter(),
              {"photo",
               "path",
               "Number of the photo, from 1 on",
               R"({"type":"integer","minimum":1})",
               "1"},
              {"thumb", "query", "1: no side above 320 pixels", R"({"type":"integer"})", "1"}},
         .media_types = {"image/jpeg"},
         .handler = on_pool(house, show_photo)});
}

}  // namespace relief::route
