#include "tiler/workspace/view_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relief::workspace {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> sources_named(const std::string& inside) {
    const auto found = sources_in_document("<VRTDataset>" + inside + "</VRTDataset>");
    if (!found) return {found.error().what};
    std::vector<std::string> names;
    for (const NamedSource& source : *found)
        names.push_back((source.relative ? "./" : "") + source.name);
    return names;
}

TEST(ViewDocument, NamesSourcesOfEveryKind) {
    EXPECT_THAT(sources_named(R"(
            <SourceFilename relativeToVRT="1" shared='0'>a &amp; b.tif</SourceFilename>
            <sourcefilename>/c.tif</sourcefilename>
            <GDALWarpOptions><SourceDataset relativeToVRT="0">/d.tif</SourceDataset>
            <RPCTransformer><DEMPath>/e.tif</DEMPath></RPCTransformer></GDALWarpOptions>
            <MDI key="X_DATASET">/f.tif</MDI><MDI key="AREA_OR_POINT">Area</MDI>)"),
                ElementsAre("./a & b.tif", "/c.tif", "/d.tif", "/e.tif", "/f.tif"));
}

TEST(ViewDocument, WhatStandsInACommentIsNotRead) {
    EXPECT_THAT(sources_named("<!-- <SourceFilename>/a.tif</SourceFilename> -->"
                              "<SourceFilename>/b.tif</SourceFilename>"),
                ElementsAre("/b.tif"));
}

TEST(ViewDocument, CodeRawBytesAndHiddenTextAreRefused) {
    const auto refused = [](const char* inside) {
        return !sources_in_document(std::string("<VRTDataset>") + inside + "</VRTDataset>");
    };

    EXPECT_TRUE(refused("<PixelFunctionLanguage>Python</PixelFunctionLanguage>"));
    EXPECT_TRUE(refused("<PixelFunctionCode>import os</PixelFunctionCode>"));
    EXPECT_TRUE(refused(R"(<VRTRasterBand subClass="VRTRawRasterBand">)"));
    EXPECT_TRUE(refused("<SourceFilename><![CDATA[/etc/passwd]]></SourceFilename>"));
    EXPECT_TRUE(refused("<SourceFilename relativeToVRT=\"1"));
    EXPECT_FALSE(refused(R"(<VRTRasterBand subClass="VRTDerivedRasterBand">)"))
        << "GDAL's own functions read no other file";
}

TEST(ViewDocument, OfAnotherKindIsNone) {
    EXPECT_FALSE(sources_in_document("<html></html>"));
    EXPECT_FALSE(sources_in_document(""));
}

}  // namespace
}  // namespace relief::workspace
