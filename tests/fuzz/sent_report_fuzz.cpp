// What anybody posts as a report: a Feature, a form, a form with photos.

#include "server/intake/multipart.hpp"
#include "server/intake/sent_report.hpp"
#include "tiler/report/text.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace relief;

void require(bool promise) {
    if (!promise) std::abort();
}

bool is_fit(const std::string& text, std::size_t most) {
    return text.size() <= most && report::is_utf8(text) && !report::has_controls(text);
}

void check(const Result<intake::SentReport>& sent) {
    if (!sent) {
        require(!sent.error().what.empty() && report::is_utf8(sent.error().what));
        return;
    }
    const report::Draft& draft = sent->draft;
    require(std::abs(draft.place.longitude) <= 180 && std::abs(draft.place.latitude) <= 90);
    require(is_fit(draft.title, report::Bounds::title) &&
            is_fit(draft.description, report::Bounds::description) &&
            is_fit(draft.category, report::Bounds::category));
    require(!draft.time || draft.time->first <= draft.time->last);
    const auto kept = nlohmann::json::parse(draft.properties, nullptr, false);
    require(kept.is_object() && kept.size() <= report::Bounds::property_count &&
            draft.properties.size() <= report::Bounds::properties);
    // Nobody says here what only the house says, nor is anybody's name kept in clear.
    require(!draft.status && draft.origin.empty() && draft.contact.empty());
    for (const char* const name : {"status", "contact", "phone", "email", "id"})
        require(!kept.contains(name));
}

void check_multipart(std::string_view body) {
    const auto form = intake::read_multipart({"multipart/form-data; boundary=b", body});
    if (!form) return;
    require(form->photos.size() <= report::Bounds::photos);
    for (const std::string_view photo : form->photos)
        require(photo.data() >= body.data() &&
                photo.data() + photo.size() <= body.data() + body.size());
    check(intake::read_fields(form->fields));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check(intake::read_feature(text));
    if (const auto fields = intake::parse_form(text)) check(intake::read_fields(*fields));
    check_multipart(text);
    const std::string part =
        "--b\r\nContent-Disposition: form-data; name=" + std::string(text) + "\r\n--b--";
    check_multipart(part);
    return 0;
}
