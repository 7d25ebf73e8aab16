// /styles, /styles/{id}.json

#include "server/route/house.hpp"
#include "server/route/parameters.hpp"
#include "server/route/style_answer.hpp"
#include "server/route/style_document.hpp"

#include <nlohmann/json.hpp>

#include <utility>
#include <vector>

namespace relief::route {
namespace {

http::Response list_styles(const House& house, const http::Request& request) {
    return http::json(styles_document(house.styles.all(request.audience), request.base_url));
}

http::Response show_style(const House& house, const http::Request& request) {
    const auto style = find_style(house, request);
    if (!style) return http::problem(style.error());
    const auto words = service::time_words_of(request.query.items);
    if (const auto time = service::time_choice_of(words); !time) return http::problem(time.error());
    http::Response response = http::json(browser_style(**style, request.base_url, words));
    response.last_modified = (*style)->modified;
    return response;
}

}  // namespace

void add_style_routes(http::RouteTable& table, const House& house) {
    table.add({.method = "GET",
               .pattern = "/styles",
               .summary = "Every style: title, thumbnail, address of tiles",
               .tag = "styles",
               .parameters = {},
               .media_types = {"application/json"},
               .handler = on_pool(house, list_styles)});
    std::vector<http::Parameter> parameters{style_parameter(), language_parameter()};
    for (auto& parameter : time_parameters()) parameters.push_back(std::move(parameter));
    table.add({.method = "GET",
               .pattern = "/styles/{id}.json",
               .summary = "A MapLibre style document with absolute addresses, without sources that "
                          "the asker may not see",
               .tag = "styles",
               .parameters = std::move(parameters),
               .media_types = {"application/json"},
               .handler = on_pool(house, show_style)});
}

}  // namespace relief::route
