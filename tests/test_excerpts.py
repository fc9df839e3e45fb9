from recsys.excerpts import excerpt, most_telling, pieces, telling, tokens


def test_a_text_that_fits_stays_as_it_is():
    assert excerpt("A war film.  It rains!", 20) == ("A war film.  It rains!", 2, 2)


def test_what_is_said_again_is_left_out_first():
    parts = ["A slow film.", "A slow film.", "A slow film.", "Trains and horses meet."]
    # 16 tokens, of which 9 are read; the beginning gets none of its share of 2.7.
    assert telling(parts, 9) == [0, 3]


def test_the_beginning_is_read_though_it_says_little():
    parts = ["The film.", *["Snow, ice, wolves, storms and night."] * 2, "Rain, mud, fog, wind."]
    assert telling(parts, 13) == [0, 3]  # 3 tokens, and 5; 8 more do not fit


def test_other_scripts_are_cut_at_their_own_marks():
    text = "一列火车穿过大雪。" * 50 + "一匹马在远方等待着它的主人。"
    read, kept, count = excerpt(text, 40)
    assert count == 51
    assert kept < 5
    assert "一匹马在远方等待着它的主人。" in read
    assert tokens(read) <= 40


def test_a_text_without_marks_is_read_in_pieces_of_which_none_is_lost():
    text = "词" * 1000 + " " + "word " * 200
    found = pieces(text)
    assert max(map(len, found)) <= 300
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert tokens(excerpt(text, 500)[0]) <= 500


def test_most_telling_names_each_place_once():
    assert sorted(most_telling(["a b", "a b", "c d e"], 9)) == [0, 1, 2]
