#include "tiler/style/expression_program.hpp"

#include <algorithm>
#include <limits>

namespace relief::style {
namespace {

constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

/// For each step the last step that reads it; `never` when an output does or nothing does.
std::vector<std::size_t> last_readers(const Formulas& formulas) {
    std::vector<std::size_t> readers(formulas.steps.size(), never);
    for (std::size_t i = 0; i < formulas.steps.size(); ++i)
        for (const auto& place : formulas.steps[i].operands)
            if (place.kind == Place::Kind::step) readers[place.index] = i;
    for (const auto& place : formulas.outputs)
        if (place.kind == Place::Kind::step) readers[place.index] = never;
    return readers;
}

class Layout {
public:
    Layout(std::string_view text, const Formulas& formulas)
        : formulas_(formulas), readers_(last_readers(formulas)) {
        program_.text = text;
        program_.bands = formulas.bands;
    }

    BandExpression::Program laid_out() && {
        for (std::size_t i = 0; i < formulas_.steps.size(); ++i) place_step(i);
        for (const auto& output : formulas_.outputs) program_.outputs.push_back(source_of(output));
        return std::move(program_);
    }

private:
    void place_step(std::size_t i) {
        const Step& step = formulas_.steps[i];
        Instruction instruction{.operation = step.operation, .sources = {}, .target = 0};
        std::transform(step.operands.begin(),
                       step.operands.end(),
                       instruction.sources.begin(),
                       [&](const Place& place) { return source_of(place); });
        // The target is taken before the sources are given back: steps may not overlap.
        instruction.target = take_block();
        blocks_.push_back(instruction.target);
        give_back(step, i);
        program_.instructions.push_back(instruction);
    }

    void give_back(const Step& step, std::size_t reader) {
        for (const auto& place : step.operands) {
            if (place.kind != Place::Kind::step || readers_[place.index] != reader) continue;
            const auto block = blocks_[place.index];
            if (std::find(free_.begin(), free_.end(), block) == free_.end()) free_.push_back(block);
        }
    }

    std::uint32_t take_block() {
        if (free_.empty()) return static_cast<std::uint32_t>(program_.blocks++);
        const auto block = free_.back();
        free_.pop_back();
        return block;
    }

    Source source_of(const Place& place) const {
        switch (place.kind) {
            case Place::Kind::constant:
                return {.kind = Source::Kind::constant, .index = 0, .constant = place.constant};
            case Place::Kind::band: {
                const auto& bands = formulas_.bands;
                const auto found =
                    std::lower_bound(bands.begin(), bands.end(), static_cast<int>(place.index));
                return {.kind = Source::Kind::input,
                        .index = static_cast<std::uint32_t>(found - bands.begin())};
            }
            case Place::Kind::step:
                return {.kind = Source::Kind::block, .index = blocks_[place.index]};
        }
        return {};
    }

    const Formulas& formulas_;
    std::vector<std::size_t> readers_;
    std::vector<std::uint32_t> blocks_;  ///< of each step placed so far
    std::vector<std::uint32_t> free_;
    BandExpression::Program program_;
};

}  // namespace

BandExpression::Program lay_out(std::string_view text, const Formulas& formulas) {
    return Layout(text, formulas).laid_out();
}

}  // namespace relief::style
