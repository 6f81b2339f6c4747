#include "analysis/audit_name.hpp"

#include "analysis/audit_factor.hpp"
#include "catch.hpp"

using namespace greenml;
using namespace greenml::audit_detail;

TEST_CASE("Spellings of one network are one name") {
  for (const std::string_view name :
       {"ResNet-50", "resnet50", "resnet_50", "timm/resnet50", "ResNet 50", "RESNET.50"}) {
    CAPTURE(name);
    CHECK(network_name(name).base() == "resnet50");
  }
  CHECK(network_name("resnet50.a1_in1k").base() == "resnet50");
  CHECK(network_name("mobilenet_v1_0.25").base() == "mobilenetv1_0_25");
  CHECK(network_name("regnet_x_1_6gf").base() != network_name("regnet_x_16gf").base());
}

TEST_CASE("A name without letters or digits is no network") {
  for (const std::string_view name : {"", "-", "///", "...", " "}) {
    CAPTURE(name);
    CHECK(network_name(name).base().empty());
    CHECK(family_of(network_name(name)).empty());
    CHECK(params_in(name).empty());
  }
}

TEST_CASE("Only tags of training and weights may follow the name of the same network") {
  const auto rest_is_tags = [](std::string_view name, std::string_view network) {
    return network_name(name).is_only_tags_from(network.size());
  };
  CHECK(rest_is_tags("resnet34_8xb32_in1k", "resnet34"));
  CHECK(rest_is_tags("resnet50-fp16-224", "resnet50"));
  CHECK(rest_is_tags("resnet50.a1_in1k", "resnet50"));
  CHECK_FALSE(rest_is_tags("resnet34_8xb16_cifar10", "resnet34"));
  CHECK_FALSE(rest_is_tags("vgg16-ssd", "vgg16"));
}

TEST_CASE("The family of a network is its first letters, without the prefix of a port") {
  CHECK(family_of(network_name("tf_efficientnet_b0.ns_jft_in1k")) == "efficientnet");
  CHECK(family_of(network_name("ResNet-50")) == "resnet");
}

TEST_CASE("A name states a number of parameters") {
  const auto stated = [](std::string_view name) {
    const std::vector<StatedParams> all = params_in(name);
    REQUIRE(all.size() == 1);
    return std::pair(all[0].least, all[0].most);
  };
  CHECK(stated("BAIR/koala-13b") == std::pair(13e9, 13e9));
  CHECK(stated("Qwen2.5-1.5B-Instruct") == std::pair(1.5e9, 1.5e9));
  CHECK(stated("Mixtral-8x7B") == std::pair(7e9, 56e9));
  CHECK(stated("opt-350m") == std::pair(350e6, 350e6));
  CHECK(stated("Aira-2-1B1") == std::pair(1.1e9, 1.1e9));
  for (const std::string_view name :
       {"resnet50", "nextvit_large.bd_ssld_6m_in1k", "convnext_xxlarge.clip_laion2b", "b0"}) {
    CAPTURE(name);
    CHECK(params_in(name).empty());
  }
}

TEST_CASE("An image size is a width that images have, not a depth or a patch") {
  CHECK(image_size_in("224") == 224);
  CHECK(image_size_in("288px") == 288);
  CHECK(image_size_in("vit_base_patch16_384") == 384);
  CHECK_FALSE(image_size_in("resnet152"));
  CHECK_FALSE(image_size_in("8xb32"));
  CHECK_FALSE(image_size_in("99999999999999999999"));
}

TEST_CASE("A factor within 5 % of a known mistake is named, the nearest of several") {
  REQUIRE(named_factor(0.5, Dimension::compute));
  CHECK(named_factor(0.5, Dimension::compute)->cause == "multiply-accumulates taken for FLOPs");
  CHECK(named_factor(0.52, Dimension::compute));
  CHECK_FALSE(named_factor(0.53, Dimension::compute));
  CHECK(named_factor(1000, Dimension::count)->factor == 1000);
  CHECK(named_factor(1024, Dimension::storage)->factor == 1024);
  CHECK(named_factor(1e6, Dimension::count)->factor == 1e6);
  CHECK(named_factor(0.001, Dimension::mass)->cause == "kilograms taken for grams");
  CHECK(named_factor(4, Dimension::count)->cause == "bytes of 32-bit numbers counted as parameters");
  CHECK_FALSE(named_factor(2, Dimension::time));
  CHECK_FALSE(named_factor(1, Dimension::count));
  CHECK_FALSE(named_factor(std::numeric_limits<double>::quiet_NaN(), Dimension::count));
  CHECK_FALSE(named_factor(std::numeric_limits<double>::infinity(), Dimension::count));
}
