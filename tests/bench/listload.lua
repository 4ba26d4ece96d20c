-- For wrk: each connection asks again a while after its answer, so that 32 of them ask 2,000 times a
-- second or a little more.
function delay()
    return 13
end
