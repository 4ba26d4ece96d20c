# Not a test: paints the table and what stands around it into pictures, to look at.
qt_add_executable(gallery gallery.cpp)
target_link_libraries(gallery PRIVATE anchorwatch_build anchorwatch_ui Qt6::Test)
