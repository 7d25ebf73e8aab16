#pragma once
// Comparison of texts as the readers of a language sort them.

#include "tiler/expression/value.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace relief::expression {

struct CollatorOptions {
    bool case_sensitive = false;
    bool diacritic_sensitive = false;
    std::string locale{};  ///< a BCP 47 tag; empty, or unknown: English
};

/// Immutable; used by any number of threads at once.
class Collator {
public:
    /// Null when the Unicode library has no collation at all.
    static std::shared_ptr<const Collator> make(const CollatorOptions& options);

    Collator() = default;
    Collator(const Collator&) = delete;
    Collator& operator=(const Collator&) = delete;
    Collator(Collator&&) = delete;
    Collator& operator=(Collator&&) = delete;
    virtual ~Collator() = default;

    virtual int compare(const TextPair& texts) const = 0;
    /// The language that is used for the one asked for: "de".
    virtual const std::string& locale() const = 0;
};

}  // namespace relief::expression
