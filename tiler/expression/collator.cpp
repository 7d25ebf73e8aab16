#include "tiler/expression/collator.hpp"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace relief::expression {
namespace {

constexpr std::size_t longest_tag = 100;

icu::UnicodeString utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

/// ECMA-402, BestAvailableLocale: the tag, less and less of it, until there is a collation for it.
std::string available_locale(const std::string& tag) {
    std::int32_t count = 0;
    const icu::Locale* const known = icu::Collator::getAvailableLocales(count);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale asked = tag.size() > longest_tag ? icu::Locale::getEnglish()
                                                       : icu::Locale::forLanguageTag(tag, status);
    std::string name = U_FAILURE(status) != 0 ? "" : asked.getBaseName();
    while (!name.empty()) {
        const bool found = std::any_of(known, known + count, [&](const icu::Locale& locale) {
            return name == locale.getName();
        });
        if (found) break;
        const std::size_t cut = name.rfind('_');
        name.resize(cut == std::string::npos ? 0 : cut);
    }
    std::replace(name.begin(), name.end(), '_', '-');
    return name.empty() ? "en" : name;
}

class UnicodeCollator final : public Collator {
public:
    UnicodeCollator(std::unique_ptr<icu::Collator> collator, std::string locale)
        : collator_(std::move(collator)), locale_(std::move(locale)) {}

    int compare(const TextPair& texts) const override {
        UErrorCode status = U_ZERO_ERROR;
        const UCollationResult result =
            collator_->compare(utf16(texts.left), utf16(texts.right), status);
        return U_FAILURE(status) != 0 ? expression::compare(texts) : static_cast<int>(result);
    }

    const std::string& locale() const override { return locale_; }

private:
    std::unique_ptr<icu::Collator> collator_;
    std::string locale_;
};

/// ECMA-402, "sensitivity": base, accent, case, variant.
UColAttributeValue strength_of(const CollatorOptions& options) {
    if (!options.diacritic_sensitive) return UCOL_PRIMARY;
    return options.case_sensitive ? UCOL_TERTIARY : UCOL_SECONDARY;
}

}  // namespace

std::shared_ptr<const Collator> Collator::make(const CollatorOptions& options) {
    std::string name = available_locale(options.locale);
    UErrorCode status = U_ZERO_ERROR;
    // The tailoring for search: in German ü is ue, not only a kind of u.
    icu::Locale locale = icu::Locale::forLanguageTag(name, status);
    locale.setKeywordValue("collation", "search", status);
    std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(locale, status));
    if (U_FAILURE(status) != 0 || collator == nullptr) return nullptr;
    collator->setAttribute(UCOL_STRENGTH, strength_of(options), status);
    const bool case_level = options.case_sensitive && !options.diacritic_sensitive;
    collator->setAttribute(UCOL_CASE_LEVEL, case_level ? UCOL_ON : UCOL_OFF, status);
    if (U_FAILURE(status) != 0) return nullptr;
    return std::make_shared<UnicodeCollator>(std::move(collator), std::move(name));
}

}  // namespace relief::expression
