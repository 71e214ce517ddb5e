# The shared library that users link: the objects of every layer and the packages
# they name; internal symbols are hidden.
get_property(layers GLOBAL PROPERTY SANAD_LAYERS)
get_property(packages GLOBAL PROPERTY SANAD_LAYER_PACKAGES)
list(REMOVE_DUPLICATES packages)
add_library(sanad SHARED ${PROJECT_SOURCE_DIR}/cmake/sanad_library.cc)
foreach(layer IN LISTS layers)
  target_sources(sanad PRIVATE $<TARGET_OBJECTS:${layer}>)
endforeach()
target_link_libraries(sanad PRIVATE ${packages} Threads::Threads $<BUILD_INTERFACE:sanad_warnings>
  PUBLIC absl::status absl::statusor absl::time absl::span)
# Headers of the standard library force their templates visible; the map takes them out.
target_link_options(sanad PRIVATE "LINKER:--version-script=${CMAKE_CURRENT_LIST_DIR}/sanad.map")
set_target_properties(sanad PROPERTIES LINK_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/sanad.map)
target_include_directories(sanad INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(sanad INTERFACE cxx_std_20)
set_target_properties(sanad PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
add_library(sanad::sanad ALIAS sanad)
