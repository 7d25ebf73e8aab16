#include "tiler/ingest/findings.hpp"

#include <array>

namespace relief::ingest {
namespace {

struct Sentence {
    Finding finding;
    const char* one;
    const char* many;
};
constexpr std::array sentence_table{
    Sentence{Finding::without_place,
             "feature has no geometry and is left out",
             "features have no geometry and are left out"},
    Sentence{Finding::not_a_number,
             "feature has coordinates that are no numbers and is left out",
             "features have coordinates that are no numbers and are left out"},
    Sentence{Finding::not_on_earth,
             "feature lies where its coordinate system has no place and is left out",
             "features lie where their coordinate system has no place and are left out"},
    Sentence{Finding::repaired,
             "area was invalid and is repaired",
             "areas were invalid and are repaired"},
    Sentence{Finding::beyond_repair,
             "area was invalid, nothing of it could be kept",
             "areas were invalid, nothing of them could be kept"},
    Sentence{Finding::split,
             "feature crosses the antimeridian and is split there",
             "features cross the antimeridian and are split there"},
    Sentence{Finding::cut_at_pole,
             "feature is cut at 85° latitude, where Web Mercator ends",
             "features are cut at 85° latitude, where Web Mercator ends"},
    Sentence{Finding::beyond_pole,
             "feature lies beyond 85° latitude, where Web Mercator ends, and is left out",
             "features lie beyond 85° latitude, where Web Mercator ends, and are left out"},
    Sentence{Finding::collapsed,
             "feature is smaller than a centimetre and is left out",
             "features are smaller than a centimetre and are left out"},
    Sentence{Finding::text_recoded,
             "text was not UTF-8 and is read as Windows-1252",
             "texts were not UTF-8 and are read as Windows-1252"},
    Sentence{Finding::id_replaced,
             "feature had an id that another has, and got the next free one",
             "features had ids that others have, and got the next free ones"}};

}  // namespace

std::vector<std::string> in_sentences(const Findings& findings) {
    std::vector<std::string> all;
    for (const Sentence& sentence : sentence_table) {
        const auto found = findings.find(sentence.finding);
        if (found == findings.end()) continue;
        all.push_back(std::to_string(found->second) + " " +
                      (found->second == 1 ? sentence.one : sentence.many));
    }
    return all;
}

}  // namespace relief::ingest
