# sanad_layer(NAME SOURCES f… DEPENDS target… [PRIVATE target…])
#   A static, position-independent library sanad_NAME of one folder. DEPENDS
#   restates the layer table of docs/architecture.md; PRIVATE names packages.
# sanad_test(NAME SOURCES f… DEPENDS target…)
#   A GoogleTest program registered with ctest.
# sanad_fuzz(NAME SOURCES f… DEPENDS target… [DEFINITIONS d…])
#   With SANAD_FUZZ, the fuzz target fuzz_NAME; .ci/run_fuzzing runs it from
#   corpus/NAME, and with the words of corpus/NAME.dict, beside its sources.
set_property(GLOBAL PROPERTY SANAD_LAYERS "")
set_property(GLOBAL PROPERTY SANAD_LAYER_PACKAGES "")

function(sanad_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(sanad_${name} STATIC ${ARG_SOURCES})
  target_include_directories(sanad_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
  target_compile_definitions(sanad_${name} PRIVATE SANAD_BUILDING)
  target_link_libraries(sanad_${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE} $<BUILD_INTERFACE:sanad_warnings>)
  set_property(GLOBAL APPEND PROPERTY SANAD_LAYERS sanad_${name})
  set(packages ${ARG_DEPENDS} ${ARG_PRIVATE})
  list(FILTER packages EXCLUDE REGEX "^sanad_")
  set_property(GLOBAL APPEND PROPERTY SANAD_LAYER_PACKAGES ${packages})
endfunction()

function(sanad_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} GTest::gmock GTest::gtest GTest::gtest_main $<BUILD_INTERFACE:sanad_warnings>)
  target_compile_definitions(${name} PRIVATE SANAD_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()

function(sanad_fuzz name)
  if(NOT SANAD_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;DEFINITIONS" ${ARGN})
  add_executable(fuzz_${name} ${ARG_SOURCES})
  target_compile_definitions(fuzz_${name} PRIVATE ${ARG_DEFINITIONS})
  target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(fuzz_${name} PRIVATE ${ARG_DEPENDS} $<BUILD_INTERFACE:sanad_warnings>)
endfunction()
