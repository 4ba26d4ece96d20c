anchorwatch_add_test(tst_connectionsfile anchorwatch_app)
anchorwatch_add_test(tst_meteredapplication anchorwatch_app)
anchorwatch_add_test(tst_options anchorwatch_app)
anchorwatch_add_test(tst_pollmetrics anchorwatch_app)
anchorwatch_add_test(tst_redactedmessages anchorwatch_messages)
anchorwatch_add_test(tst_settingsfile anchorwatch_app)
anchorwatch_add_test(tst_serviceoptions anchorwatch_serviceapp)

# What only the whole program knows: which connections there are.
add_test(NAME unknownconnection COMMAND anchorwatch --connection Moon)
set_tests_properties(unknownconnection PROPERTIES
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;ANCHORWATCH_HOME=${CMAKE_CURRENT_BINARY_DIR}/nohome"
    PASS_REGULAR_EXPRESSION "There is no connection \"Moon\"; known are: Local")
