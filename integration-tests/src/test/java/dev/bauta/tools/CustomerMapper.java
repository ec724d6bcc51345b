package dev.bauta.tools;

import java.util.List;
import java.util.Map;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** A mapper of MyBatis. */
interface CustomerMapper {
    @Select("SELECT id, email, city FROM customer WHERE city = #{city} ORDER BY id")
    List<Map<String, Object>> inCity(@Param("city") String city);

    @Insert("INSERT INTO orders (customer, total) VALUES (#{customer}, #{total})")
    @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
    int order(Map<String, Object> order);

    @Update("UPDATE customer SET email = #{email} WHERE id = 1")
    int overwrite(@Param("email") String email);
}
